/**
 * Functions of more than 50 lines, blank lines and comments aside. A factory (`createX`, `bindX`, `openX`) is a module in
 * the shape of a function, so the functions inside it are measured instead.
 */
import { parseSync } from 'vite';

const MAX_LINES = 50;
const FACTORY = /^(?:create|bind|open|start|define)[A-Z]|^constructor$/;

function countLines(text, comments, { start, end }) {
  let body = text.slice(start, end);
  for (const comment of comments) {
    if (comment.start < start || comment.end > end) continue;
    const blank = text.slice(comment.start, comment.end).replace(/[^\n]/g, ' ');
    body = body.slice(0, comment.start - start) + blank + body.slice(comment.end - start);
  }
  return body.split('\n').filter((line) => line.trim() !== '').length;
}

function nameOf(node, parent) {
  return node.id?.name ?? parent?.key?.name ?? (parent?.type === 'VariableDeclarator' ? parent.id.name : undefined);
}

function* walk(node, parent) {
  if (Array.isArray(node)) {
    for (const inner of node) yield* walk(inner, parent);
  } else if (node && typeof node.type === 'string') {
    yield [node, parent];
    for (const [key, inner] of Object.entries(node)) {
      if (key !== 'type' && inner && typeof inner === 'object') yield* walk(inner, node);
    }
  }
}

const isFunction = (node) => /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);

export function findLongFunctions(path, text) {
  const { program, comments } = parseSync(path, text);
  const problems = [];
  for (const [node, parent] of walk(program)) {
    if (!isFunction(node)) continue;
    const name = nameOf(node, parent) ?? 'a function';
    const lines = FACTORY.test(name) ? 0 : countLines(text, comments, node);
    if (lines <= MAX_LINES) continue;
    const line = text.slice(0, node.start).split('\n').length;
    problems.push({ path, line, message: `${name} has ${lines} lines; more than ${MAX_LINES} want a second name` });
  }
  return problems;
}
