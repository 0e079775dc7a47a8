import type { ColumnType, JSONColumnType } from 'kysely';

/** An instant that the database sets where it is left out. */
export type At = ColumnType<Date, Date | undefined, Date>;

/** A jsonb column: read as a value, written as JSON text. */
export type Json<T extends object | null> = JSONColumnType<T>;
