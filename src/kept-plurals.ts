import type { Plugin } from 'vite';

const REGISTRY = /\/paraglide\/registry\.js$/;
const MADE = 'new Intl.PluralRules(locale, options).select(';

/**
 * The compiled words make a language's plural rules anew for each word that has a plural, which takes many times what it takes to
 * ask them. Here they are made once. Fails where the compiler writes them in another way, so that nobody believes in it in vain.
 */
export function keptPlurals(): Plugin {
	return {
		name: 'kept-plurals',
		enforce: 'pre',
		transform(code, id) {
			if (!REGISTRY.test(id)) return null;
			if (!code.includes(MADE)) throw new Error('the compiled words ask for plural rules in a way of their own');
			return { code: code.replace(MADE, 'rulesOf(locale, options).select(') + RULES, map: null };
		},
	};
}

const RULES = `
const kept = new Map();
function rulesOf(locale, options) {
	const key = locale + (options ? JSON.stringify(options) : '');
	const known = kept.get(key) ?? new Intl.PluralRules(locale, options);
	kept.set(key, known);
	return known;
}
`;
