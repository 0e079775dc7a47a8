/** A condition of the machine or its folders that a person must mend; the message says what and how, in one or two lines. */
export class EmbeddedDatabaseError extends Error {
	override name = 'EmbeddedDatabaseError';
}
