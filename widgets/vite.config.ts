/**
 * The files that a script tag loads. `frontdesk.js` keeps its name, because it stands in customers' pages, and is
 * cached briefly; everything else carries a hash of its content and is cached for good.
 *
 * The shape is a promise (CH-2): a page with an untouched chat makes two requests, the loader and one `launcher`
 * chunk with everything that the closed chat needs. So that chunk is made from the graph and not left to chance:
 * it is what `chat/define.ts` reaches by static imports. What else is shared goes to `lit` and `realtime`.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';
import { clips } from './vite.clips.js';
import { diet } from './vite.diet.js';

const here = dirname(fileURLToPath(import.meta.url));
const posix = (path: string) => path.replaceAll('\\', '/');
const launcherRoot = posix(join(here, 'chat/define.ts'));

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Everything that is evaluated before the closed chat can be shown. */
function collectStaticClosure(rootId: string, graph: ModuleGraph): Set<string> {
  const seen = new Set<string>();
  const queue = [rootId];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return seen;
}

let launcherModules: Set<string> | undefined;

/**
 * The bundler puts its helper of 150 bytes into a chunk of its own as soon as two chunks use it, which would be a third
 * request before the chat is touched, and one more for whoever else uses it. Each gets a copy of it instead.
 */
function inlineRuntime(): Plugin {
  return {
    name: 'inline-runtime',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const runtime = chunks.find((chunk) => chunk.name === 'rolldown-runtime');
      if (!runtime) return;
      const helper = runtime.code.replace(/export\s*\{([^}]*)\};?\s*$/, (_all, list: string) => {
        const pairs = list.split(',').map((pair) => pair.trim().split(/\s+as\s+/));
        return `return{${pairs.map(([inner, outer = inner]) => `${outer}:${inner}`).join(',')}}`;
      });
      for (const chunk of chunks) {
        const [statement, names] =
          /import\s*\{([^}]*)\}\s*from\s*"\.\/rolldown-runtime-[^"]*";?/.exec(chunk.code) ?? [];
        if (statement === undefined || names === undefined) continue;
        const wanted = names.replaceAll(' as ', ':');
        chunk.code = chunk.code.replace(statement, () => `var{${wanted}}=(()=>{${helper}})();`);
      }
      Reflect.deleteProperty(bundle, runtime.fileName);
    },
  };
}

/** Lit without its directives, which the lists of the chat and the inbox need and a form does not. */
const LIT = /[\\/]node_modules[\\/](?:lit|lit-element|lit-html|@lit)[\\/](?!directive)/;

/** What elements need before they draw anything. */
const BASE = /core[\\/](?:define-element|loader-registry|resolve-locale)\.ts$|protocol[\\/]dist[\\/]locales\.js$/;

/** What every widget uses from the first moment on. */
const KIT =
  /widgets[\\/]core[\\/](?:(?:a11y|element|render-icon|base-styles|(?:plain-)?button-styles|surface-styles|locale|theme|color)|client[\\/](?:clock|environment|http-transport|lifecycle|outcome|pause|store|storage-base|storage-manifest))\.ts$|helpers[\\/]esm[\\/]decorate\.js$|protocol[\\/]dist[\\/](?:command|ids|limits|result)\.js$/;

/**
 * The launcher's chunk holds all that the closed chat needs, so whatever another widget shares with it would make that widget fetch the
 * closed chat. Small modules without state are copied instead: into the launcher what it shares with everybody, and into the closed form
 * of booking what it shares with the launcher.
 */
const COPIES = [
  {
    suffix: '?launcher',
    importer: /\/chat\/[^/]+\.ts$|\?launcher$/,
    copied: /\/(?:core\/loader-registry|core\/resolve-locale|protocol\/dist\/locales)\.[jt]s$/,
  },
  {
    suffix: '?booking',
    importer: /\/booking\/booking\.ts$/,
    copied: /\/(?:chat\/launcher-colors|core\/draw-icon)\.ts$/,
  },
  {
    suffix: '?card',
    importer: /\/contact-card\/(?!card-client)[^/]+\.ts$|\?card$/,
    copied: /\/(?:widgets\/core|protocol\/dist|domain\/dist)\/(?!qr).*\.[jt]s$/,
  },
];

function copySharedModules(): Plugin {
  return {
    name: 'copy-shared-modules',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const copy = importer && COPIES.find((one) => one.importer.test(posix(importer)));
      if (!copy) return null;
      if (copy.suffix === '?card' && source.endsWith('/css-tag.js')) return join(here, 'core/plain-css.ts');
      const from = importer.replace(copy.suffix, '');
      const resolved = await this.resolve(source, from, { ...options, skipSelf: true });
      return resolved && copy.copied.test(posix(resolved.id)) ? resolved.id + copy.suffix : null;
    },
  };
}

/** The panel under a name that stays the same from release to release, for the launcher's second try. */
function nameThePanel(): Plugin {
  return {
    name: 'name-the-panel',
    generateBundle(_options, bundle) {
      const mount = Object.values(bundle).find(
        (file) => file.type === 'chunk' && posix(file.facadeModuleId ?? '').endsWith('/chat/panel/mount.ts'),
      );
      if (!mount) throw new Error('The panel has no chunk of its own.');
      this.emitFile({ type: 'asset', fileName: 'panel.js', source: `export*from"./${mount.fileName}";` });
    },
  };
}

/** `cdn/display`: built with the rest, because the rest empties the folder. */
function displayPage(): Plugin {
  return {
    name: 'display-page',
    async closeBundle() {
      await build({ configFile: join(here, 'vite.display.config.ts'), logLevel: 'warn' });
    },
  };
}

export default defineConfig({
  root: here,
  base: './',
  publicDir: false,
  plugins: [copySharedModules(), diet(), inlineRuntime(), nameThePanel(), clips(), displayPage()],
  build: {
    outDir: 'cdn',
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    reportCompressedSize: false,
    // A library build, because an application build wraps every lazy import in a preload helper, which the loader
    // would have to fetch as a further chunk. Its reluctance to strip white space is overruled by `minify` below.
    lib: { entry: { frontdesk: join(here, 'loader/frontdesk.ts') }, formats: ['es'] },
    rolldownOptions: {
      preserveEntrySignatures: false,
      output: {
        entryFileNames: '[name].js',
        // Every widget's entry is called define.ts; its folder says more.
        chunkFileNames: ({ name, facadeModuleId }) => {
          if (facadeModuleId?.includes('socket.io-client')) return 'realtime-[hash].js';
          const folder = facadeModuleId && /[\\/]([^\\/]+)[\\/]define\.ts$/.exec(facadeModuleId)?.[1];
          return `${folder && name === 'define' ? folder : '[name]'}-[hash].js`;
        },
        minify: true,
        comments: false,
        codeSplitting: {
          groups: [
            {
              name: (id, graph) => {
                launcherModules ??= collectStaticClosure(launcherRoot, graph);
                return launcherModules.has(id) || id.includes('rolldown/runtime') ? 'launcher' : null;
              },
              debugName: 'launcher',
              priority: 30,
            },
            { name: 'lit', test: LIT, priority: 20 },
            { name: 'directives', test: /[\\/]lit(?:-html)?[\\/]directive/, priority: 18 },
            { name: 'base', test: BASE, priority: 16 },
            // What every widget needs, in one file: a dozen small ones would be a dozen requests, and heavier together.
            { name: 'kit', test: KIT, priority: 15 },
            // What widgets with a live connection add to it: three small chunks would weigh more.
            { name: 'client', test: /[\\/]core[\\/]client[\\/](?:connection|socket-transport)\.ts$/, priority: 6 },
            { name: 'storage', test: /[\\/]core[\\/]client[\\/](?:heads-check|storage)\.ts$/, priority: 5 },
          ],
        },
      },
    },
  },
});
