/** Updates that are written as a pipeline: each stage makes the document anew. */
import type { Document } from 'bson';
import type { Scope } from '../aggregation/expressions/scope.js';
import { nameOfStage, stageNames } from '../aggregation/stage-name.js';
import type { Transformation } from '../aggregation/stage.js';
import { transformations } from '../aggregation/stages/transformations.js';
import { fail } from '../errors.js';

function compileStage(source: unknown, scope: Scope): Transformation {
  const { name, operand } = nameOfStage(source);
  const compile = transformations.get(name);
  if (compile) return compile(operand, scope);
  if (stageNames.has(name)) fail('InvalidOptions', `${name} is not allowed to be used within an update`);
  return fail('Location40324', `Unrecognized pipeline stage name: '${name}'`);
}

export function compilePipelineUpdate(pipeline: readonly unknown[], scope: Scope): Transformation {
  const stages = pipeline.map((stage) => compileStage(stage, scope));
  return (document) => stages.reduce<Document>((current, transform) => transform(current), document);
}
