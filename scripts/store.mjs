/** `npm run store -- …`: backup, restore, export and verify for the embedded store. See embedded-mongodb/maintenance. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** npm starts scripts at the root; folders are meant as seen from where the operator stands. */
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

/** The official driver, as the server has it through Mongoose, behind what the commands need of it. */
async function connect(uri) {
  const { mongo } = createRequire(join(root, 'server/package.json'))('mongoose');
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5_000, connectTimeoutMS: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    await client.close();
    throw error;
  }
  return {
    command: (database, command) => client.db(database).command(command),
    insert: async (database, collection, documents) => {
      await client.db(database).collection(collection).insertMany(documents);
    },
    documents: (database, collection) => client.db(database).collection(collection).find({}, { raw: true }),
    close: () => client.close(),
  };
}

const program = join(root, 'embedded-mongodb/dist/maintenance/command-line.js');
if (!existsSync(program)) {
  console.error('The product is not built yet. Run: npm run build');
  process.exit(1);
}
const { runCommandLine } = await import(program);
process.exitCode = await runCommandLine(process.argv.slice(2), {
  connect,
  print: console.log,
  printError: console.error,
});
