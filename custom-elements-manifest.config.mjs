/** Reads the elements' classes and their JSDoc; `scripts/docs.mjs` runs it. */
export default {
  globs: ['widgets/**/*.ts'],
  exclude: ['widgets/dist/**', 'widgets/cdn/**', 'widgets/node_modules/**', 'widgets/**/*.config.ts'],
  litelement: true,
  packagejson: false,
};
