import { expect, test } from 'vitest';
import { sealerFor } from './seal.ts';

const KEY = Buffer.alloc(32, 7).toString('base64url');
const bytes = new TextEncoder().encode('工资单.jpg');

test('what was sealed opens under its key, about the same thing, and is never sealed alike twice', async () => {
	const sealer = await sealerFor(KEY);
	const sealed = await sealer.seal(bytes, 'a/0');
	expect(await (await sealerFor(KEY)).open(sealed, 'a/0')).toEqual(bytes);
	expect(Buffer.from(sealed).includes(Buffer.from(bytes))).toBe(false);
	expect(Buffer.from(await sealer.seal(bytes, 'a/0'))).not.toEqual(Buffer.from(sealed));
});

test('under another key, about another thing or changed by a bit nothing opens', async () => {
	const sealer = await sealerFor(KEY);
	const sealed = await sealer.seal(bytes, 'a/0');
	const other = await sealerFor(Buffer.alloc(32, 8).toString('base64url'));
	await expect(other.open(sealed, 'a/0')).rejects.toThrow();
	await expect(sealer.open(sealed, 'a/1')).rejects.toThrow();
	new DataView(sealed).setUint8(20, new DataView(sealed).getUint8(20) ^ 1);
	await expect(sealer.open(sealed, 'a/0')).rejects.toThrow();
});
