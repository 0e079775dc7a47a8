import { expect, test } from 'vitest';
import { allowedFields } from '#lib/server/log.ts';

test('a field that is not on the list never reaches the log, whoever passes it', () => {
	const slip = { route: '/l/[token]', status: 200, url: '/l/SECRET', phone: '+8613800000000' };
	expect(allowedFields(slip)).toEqual({ route: '/l/[token]', status: 200 });
});

test('of an error only kind, code and places are told, not its message', () => {
	const fault = Object.assign(new Error('Key (phone)=(+8613800000000) exists'), { code: '23505', constraint: 'phone' });
	const line = JSON.stringify(allowedFields({ fault }));
	expect(line).not.toContain('13800000000');
	expect(line).toContain('23505');
	expect(line).toContain('log.test.ts');
	expect(allowedFields({ fault: 'a text' })).toEqual({ fault: { kind: 'string' } });
});
