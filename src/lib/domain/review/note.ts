/** The longest note of staff on a case, in characters; the database holds to it too. */
export const LONGEST_NOTE = 2_000;
