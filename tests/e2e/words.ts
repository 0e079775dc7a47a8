import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../src/lib/messages');

/** The portal's words in a language, by key, as they stand in the sources; a missing one fails the test that asks. */
export function words(locale: string): (key: string) => string {
	const all = JSON.parse(readFileSync(join(FOLDER, `${locale}.json`), 'utf8')) as Record<string, unknown>;
	return (key) => {
		const text = all[key];
		if (typeof text !== 'string') throw new Error(`${locale} has no plain word ${key}`);
		return text;
	};
}
