/**
 * The table of pipeline stages. A new stage adds its file here. What MongoDB has and this store has not is refused with
 * 238, what nobody knows with 40324.
 */
import { fail, searchRefusal } from '../../errors.js';
import { stageNames } from '../stage-name.js';
import { mapStage, type StageFactory } from '../stage.js';
import { bucketStage, sortByCountStage } from './bucket.js';
import { facetStage } from './facet.js';
import { countStage, limitStage, matchStage, skipStage } from './flow.js';
import { groupStage } from './group.js';
import { lookupStage } from './lookup.js';
import { mergeStage } from './merge.js';
import { sampleStage } from './sample.js';
import { sortStage } from './sort.js';
import { transformations } from './transformations.js';
import { unionStage } from './union.js';
import { unwindStage } from './unwind.js';

const stages: ReadonlyMap<string, StageFactory> = new Map([
  ...Object.entries<StageFactory>({
    $match: matchStage,
    $sort: sortStage,
    $skip: skipStage,
    $limit: limitStage,
    $count: countStage,
    $group: groupStage,
    $bucket: bucketStage,
    $sortByCount: sortByCountStage,
    $sample: sampleStage,
    $unwind: unwindStage,
    $lookup: lookupStage,
    $unionWith: unionStage,
    $facet: facetStage,
    $merge: mergeStage,
  }),
  ...[...transformations].map(([name, compile]): [string, StageFactory] => [
    name,
    (specification, { scope }) => mapStage(compile(specification, scope)),
  ]),
]);

/** A server without Atlas knows them, and has nothing that could run them. */
const searchStages: ReadonlySet<string> = new Set(['$search', '$searchMeta', '$vectorSearch', '$listSearchIndexes']);

export function findStage(name: string): StageFactory {
  if (name === '$changeStream') fail('Location40573', 'The $changeStream stage is only supported on replica sets');
  if (searchStages.has(name)) fail('SearchNotEnabled', searchRefusal);
  const found = stages.get(name);
  if (found) return found;
  if (stageNames.has(name)) fail('NotImplemented', `the stage ${name} is not supported by this store`);
  return fail('Location40324', `Unrecognized pipeline stage name: '${name}'`);
}
