import type { Capture } from './capture.ts';

/**
 * Takes the photographs that wait on the device, where they are this person's, among the files on their way. Each keeps its id, so
 * that one which was taken over and not yet removed is the same file to the page and to the server.
 */
export async function takePhotographs(capture: Capture, mark: string | undefined): Promise<void> {
	if (mark === undefined || !hasUnsent()) return;
	const { photographs } = await import('#lib/browser/offline/photographs.ts');
	for (const { id, kind, consent, file, remove } of await photographs(mark)) {
		await capture.add([await file()], { id, kind, consent });
		await remove();
	}
}

function hasUnsent(): boolean {
	try {
		return localStorage.getItem('unsent') !== null;
	} catch {
		return false;
	}
}
