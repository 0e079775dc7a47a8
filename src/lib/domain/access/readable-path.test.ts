import { expect, test } from 'vitest';
import { isReadablePath } from '#lib/domain/access/readable-path.ts';

test('a path that cannot be decoded is told', () => {
	expect(['/', '/debt', '/%E6%B5%8B', '/100%25', '/a%2Fb'].filter((path) => !isReadablePath(path))).toEqual([]);
	expect(['/%', '/%ff', '/debt/%E6%B5', '/%zz'].filter(isReadablePath)).toEqual([]);
});
