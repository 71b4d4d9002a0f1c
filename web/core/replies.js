// What the engine answers with, as values and errors of JavaScript.

/** What the engine refuses, with the reason in words. */
export class LabError extends Error {
  /** @param {{code: string, messageKey: string, message: string,
   *           field?: string, line?: number, column?: number}} record */
  constructor(record) {
    super(record.message);
    this.name = "LabError";
    /** Stable name of the kind of error. */
    this.code = record.code;
    /** Key of the message in a table of translations. */
    this.messageKey = record.messageKey;
    /** The argument at fault, if it is one. */
    this.field = record.field;
    /** Line of a text that was read, from 1. */
    this.line = record.line;
    /** Column of a text that was read, in characters from 1. */
    this.column = record.column;
  }
}

/**
 * The value of a reply of the engine, or its error thrown.
 * @template T
 * @param {{value: T, error?: undefined} |
 *         {error: ConstructorParameters<typeof LabError>[0], value?: undefined}} reply
 * @returns {T}
 */
export function unwrap(reply) {
  if (reply.error) throw new LabError(reply.error);
  return reply.value;
}
