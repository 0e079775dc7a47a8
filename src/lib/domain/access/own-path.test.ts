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
