/**
 * What of an application a page showed when it was loaded: whatever can change under an agent's hands. A decision comes
 * back with it, so that nobody decides on what they have not seen.
 */
export interface Seen {
	/** Grows with every change of the application itself. */
	readonly version: number;
	/** The account's newest posting. */
	readonly postingMark: number;
	/** The documents, by their ids. */
	readonly evidence: readonly string[];
}

/**
 * What is not as it was seen; undefined where nothing changed. The documents come first: a page that comes counts the version up
 * as well, and is the more telling of the two.
 */
export function changeSince(
	seen: Seen,
	present: Seen,
): 'application_changed' | 'evidence_changed' | 'figures_changed' | undefined {
	const before = new Set(seen.evidence);
	const same = before.size === new Set(present.evidence).size && present.evidence.every((id) => before.has(id));
	if (!same) return 'evidence_changed';
	if (seen.version !== present.version) return 'application_changed';
	return seen.postingMark === present.postingMark ? undefined : 'figures_changed';
}
