/**
 * The script of `/display`, apart from the bundles of websites: televisions keep the browser they were sold with, so this one is
 * written in the syntax of Chromium 79 (ES2019 and dynamic import), with what those lack of the library.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { diet } from './vite.diet.js';

const here = dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root: here,
  base: './',
  publicDir: false,
  plugins: [diet()],
  build: {
    outDir: 'cdn/display',
    emptyOutDir: true,
    target: ['es2019', 'chrome79'],
    reportCompressedSize: false,
    lib: { entry: { display: join(here, 'queue-display/page.ts') }, formats: ['es'] },
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        minify: true,
        comments: false,
      },
    },
  },
});
