/** The longest note of staff on a case, in characters; the database holds to it too. */
export const LONGEST_NOTE = 2_000;

/** For what deed a note was left; codes are stored and never change. */
export type LeftFor = 'put_back' | 'sent_back' | 'referred' | 'reminders_held' | 'more_asked';
