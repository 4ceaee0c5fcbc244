import { expect } from 'chai';
import { COMMANDS, commandPath, ERROR_CATALOGUE, HEADERS, listCommands } from '@frontdesk/protocol';
import { createAsyncApi, createOpenApi, type Json } from '@frontdesk/protocol/documents';
import { staffFacts, visitorFacts } from '@frontdesk/protocol/facts';

const openApi = createOpenApi('https://desk.example');
const asyncApi = createAsyncApi('https://desk.example');

function read(document: unknown, ...path: string[]): Json {
  let value = document;
  for (const key of path) value = (value as Json)[key];
  return value as Json;
}

function* listReferences(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref') yield inner as string;
    else yield* listReferences(inner);
  }
}

const httpCommands = listCommands().filter((command) => command.transports.includes('http'));

describe('the OpenAPI document', () => {
  it('has every command with an HTTP twin and no other path', () => {
    expect(openApi['openapi']).to.equal('3.1.0');
    expect(Object.keys(read(openApi, 'paths'))).to.have.members(httpCommands.map(commandPath));
  });

  for (const command of httpCommands) {
    it(`describes ${command.audience} ${command.name} as it is checked`, () => {
      const operation = read(openApi, 'paths', commandPath(command), 'post');
      const input = read(operation, 'requestBody', 'content', 'application/json', 'schema');
      expect(input['additionalProperties']).to.equal(false);
      const refusals = command.input.safeParse({ surprise: 1 }).error?.issues.map((issue) => issue.code);
      expect(refusals).to.include('unrecognized_keys');
      const responses = read(operation, 'responses');
      expect(responses).to.have.property(String(command.successStatus));
      for (const code of command.errors) {
        const { status } = ERROR_CATALOGUE[code];
        expect(read(responses, String(status))['description']).to.contain(code);
      }
      const names = (operation['parameters'] as Json[]).map((parameter) => String(parameter['$ref']).split('/').pop());
      expect(names.includes('idempotencyKey')).to.equal(command.idempotency === 'key');
      expect(names.includes('site')).to.equal(command.audience === 'visitor');
      expect(operation['security']).to.have.length(command.audience === 'public' ? 0 : 1);
    });
  }

  it('gives every operation an id of its own', () => {
    const ids = Object.values(read(openApi, 'paths')).map((path) => read(path, 'post')['operationId']);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('names the headers that the server reads', () => {
    const names = Object.values(read(openApi, 'components', 'parameters')).map(
      (parameter) => (parameter as Json)['name'],
    );
    expect(names).to.include.members([HEADERS.idempotencyKey, HEADERS.protocol, HEADERS.csrf]);
  });

  it('lists the whole error catalogue', () => {
    const codes = read(openApi, 'components', 'schemas', 'Error', 'properties', 'code')['enum'];
    expect(codes).to.deep.equal(Object.keys(ERROR_CATALOGUE));
  });
});

describe('the AsyncAPI document', () => {
  const namesSent = (namespace: string, action: string) =>
    Object.entries(read(asyncApi, 'operations'))
      .filter(([key, operation]) => key.startsWith(`${namespace}.`) && (operation as Json)['action'] === action)
      .map(([key]) => read(asyncApi, 'channels', namespace, 'messages', key.split('.')[1] ?? '')['name']);

  for (const namespace of ['visitor', 'staff'] as const) {
    it(`receives every socket command of ${namespace}, and no other`, () => {
      const expected = Object.values(COMMANDS[namespace]).filter((command) => command.transports.includes('socket'));
      expect(namesSent(namespace, 'receive')).to.have.members(expected.map((command) => command.name));
    });
  }

  it('sends every fact, and no other', () => {
    expect(namesSent('visitor', 'send')).to.have.members(Object.keys(visitorFacts));
    expect(namesSent('staff', 'send')).to.have.members(Object.keys(staffFacts));
  });

  it('asks for an idempotency key where the server does', () => {
    const payload = read(asyncApi, 'channels', 'staff', 'messages', 'messageSend', 'payload');
    expect(payload['required']).to.deep.equal(['input', 'idempotencyKey']);
    const reading = read(asyncApi, 'channels', 'staff', 'messages', 'conversationSync', 'payload');
    expect(reading['required']).to.deep.equal(['input']);
  });

  it('answers every command', () => {
    const operations = Object.values(read(asyncApi, 'operations')) as Json[];
    for (const operation of operations.filter(({ action }) => action === 'receive'))
      expect(operation).to.have.property('reply');
  });

  it('says ws where the server has no TLS', () => {
    const server = read(createAsyncApi('http://localhost:4400'), 'servers', 'frontdesk');
    expect(server).to.include({ protocol: 'ws', host: 'localhost:4400' });
  });
});

for (const [name, document] of Object.entries({ OpenAPI: openApi, AsyncAPI: asyncApi })) {
  it(`${name}: every reference leads somewhere`, () => {
    const references = [...listReferences(document)];
    expect(references).not.to.have.length(0);
    for (const reference of references) {
      expect(read(document, ...reference.slice(2).split('/')), reference).to.be.an('object');
    }
  });
}
