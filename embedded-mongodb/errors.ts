/**
 * Errors carry MongoDB's own code and code name, because drivers and applications branch on them. The table holds only
 * the codes this store really answers with.
 */
import type { Document } from 'bson';

export const errorCodes = {
  InternalError: 1,
  BadValue: 2,
  GraphContainsCycle: 5,
  FailedToParse: 9,
  UserNotFound: 11,
  AuthenticationFailed: 18,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  ProtocolError: 17,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  FileStreamFailed: 39,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  DottedFieldName: 57,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  UnknownReplWriteConcern: 79,
  APIVersionError: 322,
  InterruptedAtShutdown: 11600,
  Interrupted: 11601,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CannotIndexParallelArrays: 171,
  InvalidPipelineOperator: 168,
  QueryPlanKilled: 175,
  InvalidIndexSpecificationOption: 197,
  NoReplicationEnabled: 76,
  QueryFeatureNotAllowed: 224,
  NotImplemented: 238,
  OperationNotSupportedInTransaction: 263,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  OutOfDiskSpace: 14031,
  KeyTooLong: 17280,
  BsonObjectTooLarge: 10334,
  DuplicateKey: 11000,
  Location15952: 15952,
  Location15953: 15953,
  Location15955: 15955,
  Location15956: 15956,
  Location15958: 15958,
  Location15972: 15972,
  Location15973: 15973,
  Location15974: 15974,
  Location15975: 15975,
  Location15976: 15976,
  Location15981: 15981,
  Location15983: 15983,
  Location15998: 15998,
  Location15947: 15947,
  Location15959: 15959,
  Location15969: 15969,
  Location17124: 17124,
  Location17276: 17276,
  Location31120: 31120,
  Location31252: 31252,
  Location40235: 40235,
  Location40236: 40236,
  Location2107201: 2107201,
  Location5107200: 5107200,
  Location16020: 16020,
  Location16410: 16410,
  Location16411: 16411,
  Location16412: 16412,
  Location16872: 16872,
  Location28667: 28667,
  Location28724: 28724,
  Location31274: 31274,
  Location31275: 31275,
  Location31249: 31249,
  Location31250: 31250,
  Location31253: 31253,
  Location31254: 31254,
  Location31119: 31119,
  Location31138: 31138,
  Location40156: 40156,
  Location40158: 40158,
  Location40160: 40160,
  Location40234: 40234,
  Location40237: 40237,
  Location40238: 40238,
  Location40272: 40272,
  Location40323: 40323,
  Location40324: 40324,
  Location40352: 40352,
  Location40353: 40353,
  Location40414: 40414,
  Location40415: 40415,
  Location51024: 51024,
  Location51075: 51075,
  Location51091: 51091,
  Location51108: 51108,
  Location51246: 51246,
  Location51270: 51270,
  Location51272: 51272,
} as const;

export type ErrorName = keyof typeof errorCodes;

export class StoreError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Document | undefined;

  constructor(codeName: ErrorName, message: string, details?: Document) {
    super(message);
    this.name = 'StoreError';
    this.code = errorCodes[codeName];
    this.codeName = codeName;
    this.details = details;
  }
}

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
