import { createReadStream } from 'node:fs';

/** Why a file that begins like a PDF is not taken as one. */
export type PdfRefusal = 'unreadable' | 'locked';

const CHUNK = 64 * 1024;
/** No mark that is looked for is longer; chunks overlap by so much, so that none falls between two. */
const LONGEST_MARK = 16;
/** Readers look for the end mark in the last kilobyte; some writers leave a little more behind it. */
const TAIL = 4096;

/**
 * Reads a PDF once, a chunk at a time: it must hold objects and pages, end as one ends, and need no password. What is
 * inside is not run and not drawn. Undefined where it is in order.
 */
export async function inspectPdf(path: string): Promise<PdfRefusal | undefined> {
	let tail = '';
	let objects = false;
	let encrypted = false;
	for await (const chunk of createReadStream(path, { highWaterMark: CHUNK, encoding: 'latin1' })) {
		const text = tail.slice(-LONGEST_MARK) + String(chunk);
		objects ||= /\d\s+\d\s+obj\b/.test(text);
		encrypted ||= /\/Encrypt[\s<\d]/.test(text);
		tail = (tail + String(chunk)).slice(-TAIL);
	}
	if (!objects || !tail.includes('%%EOF') || !tail.includes('startxref')) return 'unreadable';
	return encrypted ? 'locked' : undefined;
}
