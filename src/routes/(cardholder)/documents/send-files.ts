import { deserialize } from '$app/forms';
import * as m from '#lib/paraglide/messages.js';

/**
 * One file on its way: `share` of it sent, from 0 to 1, and in the end what became of it, in words. `refused` is for good,
 * `lost` can be tried again.
 */
export interface Sending {
	name: string;
	share: number;
	state: 'sending' | 'done' | 'refused' | 'lost';
	text: string;
}

type Report = (index: number, change: Partial<Sending>) => void;

/** Sends files to a form action one after the other and reports on each; never rejects. */
export async function sendEach(
	action: string,
	fields: FormData,
	files: readonly File[],
	report: Report,
): Promise<void> {
	for (const [index, file] of files.entries()) {
		const body = new FormData();
		for (const [name, value] of fields) body.append(name, value);
		body.append('files', file);
		const answer = await post(action, body, (share) => report(index, { share }));
		report(index, outcomeOf(answer, file.name));
	}
}

/** Fetch tells nothing of an upload's progress; this does. */
function post(action: string, body: FormData, onShare: (share: number) => void): Promise<string | undefined> {
	return new Promise((resolve) => {
		const request = new XMLHttpRequest();
		request.open('POST', action);
		request.setRequestHeader('accept', 'application/json');
		request.setRequestHeader('x-sveltekit-action', 'true');
		request.upload.onprogress = ({ loaded, total }) => {
			onShare(total > 0 ? loaded / total : 0);
		};
		request.onload = () => {
			resolve(request.responseText);
		};
		request.onerror = request.onabort = () => {
			resolve(undefined);
		};
		request.send(body);
	});
}

function outcomeOf(answer: string | undefined, name: string): Partial<Sending> {
	try {
		const result = deserialize(answer ?? '');
		if (result.type === 'redirect') return { share: 1, state: 'done', text: m.documents_done({ name }) };
		if (result.type === 'failure') {
			const errors: unknown = result.data?.['errors'];
			if (Array.isArray(errors)) return { state: 'refused', text: errors.join(' ') };
		}
	} catch {
		// No answer of ours: the line broke, or a page of an error came instead.
	}
	return { state: 'lost', text: m.documents_failed({ name }) };
}
