/**
 * Errors carry MongoDB's own code and code name, because drivers and applications branch on them. The table holds only
 * the codes this store really answers with.
 */
import type { Document } from 'bson';

const errorCodes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  ProtocolError: 17,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  FileStreamFailed: 39,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  NoReplicationEnabled: 76,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  NotExactValueField: 111,
  NotAReplicaSet: 123,
  CursorInUse: 143,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  AmbiguousIndexKeyPattern: 181,
  InvalidIndexSpecificationOption: 197,
  QueryFeatureNotAllowed: 224,
  MaxSubPipelineDepthExceeded: 232,
  CursorKilled: 237,
  NotImplemented: 238,
  ConversionFailure: 241,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  APIVersionError: 322,
  APIStrictError: 323,
  UnsupportedOpQueryCommand: 352,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  InterruptedAtShutdown: 11600,
  Interrupted: 11601,
  MergeStageNoMatchingDocument: 13113,
  OutOfDiskSpace: 14031,
  KeyTooLong: 17280,
  SearchNotEnabled: 31082,
} as const;

/** MongoDB's assertions without a name of their own are called by their number. */
export type ErrorName = keyof typeof errorCodes | `Location${number}`;

const isNamed = (name: ErrorName): name is keyof typeof errorCodes => Object.hasOwn(errorCodes, name);

export class StoreError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Document | undefined;

  constructor(codeName: ErrorName, message: string, details?: Document) {
    super(message);
    this.name = 'StoreError';
    this.code = isNamed(codeName) ? errorCodes[codeName] : Number(codeName.slice('Location'.length));
    this.codeName = codeName;
    this.details = details;
  }
}

/** What a server says of Atlas Search when nothing that could search is set up beside it. */
export const searchRefusal =
  'Using Atlas Search Database Commands and the $listSearchIndexes aggregation stage requires additional configuration. ' +
  'Please connect to Atlas or an AtlasCLI local deployment to enable.';

/** Throws; declared as returning `never` so that it can stand in expressions. */
export function fail(codeName: ErrorName, message: string, details?: Document): never {
  throw new StoreError(codeName, message, details);
}

/** The body of a failed command, or of one entry of `writeErrors`. Unknown exceptions become InternalError. */
export function describeError(error: unknown): Document {
  if (error instanceof StoreError) {
    return { errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details };
  }
  return { errmsg: `internal error: ${messageOf(error)}`, code: errorCodes.InternalError, codeName: 'InternalError' };
}

/** What a thrown value says, whatever it is. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
