import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../src/lib/messages');

/** The portal's words in a language, by key, as they stand in the sources; a missing one fails the test that asks. */
export function words(locale: 'zh-CN' | 'en'): (key: string) => string {
	const files = readdirSync(FOLDER).filter((name) => name === `${locale}.json` || name.endsWith(`.${locale}.json`));
	const all = Object.assign(
		{},
		...files.map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as object),
	) as Record<string, unknown>;
	return (key) => {
		const text = all[key];
		if (typeof text !== 'string') throw new Error(`${locale} has no plain word ${key}`);
		return text;
	};
}
