import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownPath } from '#lib/domain/access/own-path.ts';

test('a path of ours is followed', () => {
	expect(ownPath('/plans?pay=800')).toBe('/plans?pay=800');
	expect(ownPath('/')).toBe('/');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a\\..//b', '/\t/evil.example', '', 'debt'])(
	'%j leads to the start instead of another host',
	(path) => {
		expect(ownPath(path)).toBe('/');
	},
);

/** What people have tried: slashes of both kinds, dots, schemes, controls, blanks, escapes, other scripts' slashes. */
const PIECES = [
	'/',
	'//',
	'\\',
	'/\\',
	'.',
	'..',
	'@',
	':',
	'?',
	'#',
	'%',
	'%2f',
	'%5c',
	'%09',
	'%00',
	'\t',
	'\n',
	'\r',
].concat([
	' ',
	'\u00a0',
	'\u2028',
	'\ufeff',
	'\u0000',
	'／',
	'＼',
	'。',
	'evil.example',
	'https:',
	'javascript:',
	'debt',
	'[::1]',
	';',
]);

test('whatever is asked for, a browser stays with us', () => {
	const hostile = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })), { maxLength: 12 });
	fc.assert(
		fc.property(hostile, (pieces) => {
			const to = ownPath(pieces.join(''));
			const led = new URL(to, 'https://repay.example.com/l');
			expect(led.origin).toBe('https://repay.example.com');
			// A header may not be broken off either.
			expect(to).not.toMatch(/[\r\n\0]/);
			// What one server writes another may read once more: it stays a path then.
			expect(new URL(led.pathname.replaceAll(/^\/+/g, '/'), 'https://repay.example.com').host).toBe(
				'repay.example.com',
			);
		}),
		{ numRuns: 20_000 },
	);
});
