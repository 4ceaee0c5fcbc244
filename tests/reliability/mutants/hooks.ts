/** Module loader hooks; they run in a thread of their own, so they speak through the standard error stream only. */
import { writeSync } from 'node:fs';
import type { InitializeHook, LoadHook } from 'node:module';
import { MUTANTS, describeMutation, type Mutation } from './mutants.js';

const STANDARD_ERROR = 2;
let name = '';
let remaining: Mutation[] = [];

export const initialize: InitializeHook<{ name: string }> = (data) => {
  name = data.name;
  remaining = [...(MUTANTS[name] ?? [])];
};

export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  const mutations = remaining.filter(({ file }) => url.endsWith(file));
  if (mutations.length === 0) return loaded;
  let source = loaded.source === undefined ? '' : toText(loaded.source);
  for (const { file, find, replace } of mutations) {
    const parts = source.split(find);
    if (parts.length !== 2) {
      throw new Error(`Mutation "${name}": ${file} has ${parts.length - 1} places like "${find}", one is needed.`);
    }
    source = parts.join(replace);
  }
  remaining = remaining.filter((mutation) => !mutations.includes(mutation));
  if (remaining.length === 0) writeSync(STANDARD_ERROR, `${describeMutation(name)}\n`);
  return { ...loaded, source };
};

function toText(source: string | ArrayBuffer | NodeJS.TypedArray | null): string {
  if (source === null) return '';
  if (typeof source === 'string') return source;
  return new TextDecoder().decode(source);
}
