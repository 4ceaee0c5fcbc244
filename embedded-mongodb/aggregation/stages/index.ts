/** The table of pipeline stages. A new stage adds its file here; what is not here is refused with code 40324. */
import type { StageFactory } from '../stage.js';
import { countStage, limitStage, matchStage, skipStage, sortStage } from './flow.js';
import { groupStage } from './group.js';
import { addFieldsStage, projectStage, unsetStage } from './shape.js';

export const stages: ReadonlyMap<string, StageFactory> = new Map(
  Object.entries<StageFactory>({
    $match: matchStage,
    $sort: sortStage,
    $skip: skipStage,
    $limit: limitStage,
    $count: countStage,
    $group: groupStage,
    $project: projectStage,
    $addFields: addFieldsStage,
    $set: addFieldsStage,
    $unset: unsetStage,
  }),
);
