interface Line {
	readonly applicationId: string;
}

/**
 * Lines that stay where they are under the pointer: each as it is now, in the places that they had. `fresh` are those that are not
 * shown yet; `isMoved` where showing all would move anything.
 */
export function steadyLines<One extends Line>(
	shown: readonly One[],
	latest: readonly One[],
): { readonly lines: readonly One[]; readonly fresh: number; readonly isMoved: boolean } {
	const now = new Map(latest.map((line) => [line.applicationId, line]));
	const known = new Set(shown.map(({ applicationId }) => applicationId));
	const isSame = (line: One, at: number) => line.applicationId === latest[at]?.applicationId;
	return {
		lines: shown.map((line) => now.get(line.applicationId) ?? line),
		fresh: latest.filter(({ applicationId }) => !known.has(applicationId)).length,
		isMoved: shown.length !== latest.length || !shown.every(isSame),
	};
}
