/** JSON as this application writes it into terms: amounts and rates are text, counts are whole numbers. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one text of a JSON value, over which its hash is taken: keys sorted by code unit, no white space, and no number
 * but safe integers, so that it is the same after a trip through any database or language (after RFC 8785).
 * Throws RangeError for what JSON cannot hold exactly.
 */
export function canonicalText(value: Json): string {
	if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
	if (typeof value === 'number') {
		if (!Number.isSafeInteger(value)) throw new RangeError('only whole numbers have one text');
		return JSON.stringify(value);
	}
	if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
	if (typeof value !== 'object') throw new RangeError('not a JSON value');
	const record = value as { readonly [key: string]: Json };
	const entries = Object.keys(record)
		.sort()
		.map((key) => `${JSON.stringify(key)}:${canonicalText(record[key]!)}`);
	return `{${entries.join(',')}}`;
}
