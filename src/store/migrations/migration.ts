import type { ColumnDefinitionBuilder, ColumnDataType, Kysely } from 'kysely';

/** How a database writes the column that numbers its rows by itself, never twice the same. */
export type AutoId = {
  readonly type: ColumnDataType;
  build(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
};

/** One step forward of the schema. Never edited once released; there is no way back. */
export type Migration = {
  /** The schema's version after it; the first is 1 and each next one is more. */
  readonly version: number;
  readonly name: string;
  up(db: Kysely<unknown>, autoId: AutoId): Promise<void>;
};
