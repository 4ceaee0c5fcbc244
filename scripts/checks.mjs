/** What `npm run verify` asks before the tests, cheapest first. Every entry is also an npm script of its own. */
const script = (name, ...args) => [process.execPath, `scripts/${name}.mjs`, ...args];

export const CHECKS = [
  { name: 'lock file', command: script('check-lock') },
  {
    name: 'format',
    command: [process.execPath, 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  },
  // Lint, which includes the boundaries, looks at types, and the documents are generated from compiled schemas, so both come after the build.
  { name: 'lint', command: script('lint'), needsBuild: true },
  { name: 'documents', command: script('docs', '--check'), needsBuild: true },
  { name: 'sizes', command: script('sizes'), needsBuild: true },
];
