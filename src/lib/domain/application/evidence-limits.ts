/** How much evidence an application may hold; data, so that a bank can set its own. */
export interface EvidenceLimits {
	readonly bytesPerFile: number;
	readonly files: number;
	readonly bytesInAll: number;
}

const MEBIBYTE = 1024 * 1024;

/** The default: 15 MB a file (issue of the main trip, /documents), 40 files or pages, 80 MB in all. */
export const DEFAULT_EVIDENCE_LIMITS: EvidenceLimits = {
	bytesPerFile: 15 * MEBIBYTE,
	files: 40,
	bytesInAll: 80 * MEBIBYTE,
};

/** Why a file is not kept, whatever its name says: what the look into its content found. */
export type FileRefusal =
	'not_supported' | 'unreadable' | 'locked' | 'too_many_pixels' | 'too_many_pages' | 'infected' | 'renamed';

/** Why one more file is not taken, known from its size and from what is held. */
export type EvidenceRefusal = 'file_empty' | 'file_too_large' | 'too_many_files' | 'too_much_in_all';

/** Whether a file of so many bytes can join what is held already; undefined where it can. */
export function refusesEvidence(
	bytes: number,
	held: { readonly files: number; readonly bytes: number },
	limits: EvidenceLimits = DEFAULT_EVIDENCE_LIMITS,
): EvidenceRefusal | undefined {
	if (bytes <= 0) return 'file_empty';
	if (bytes > limits.bytesPerFile) return 'file_too_large';
	if (held.files + 1 > limits.files) return 'too_many_files';
	if (held.bytes + bytes > limits.bytesInAll) return 'too_much_in_all';
	return undefined;
}
