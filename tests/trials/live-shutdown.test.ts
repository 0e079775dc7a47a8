import { expect, test } from 'vitest';
import { createStaffSession } from '#lib/server/session/start-session.ts';
import { useEnv } from '../support/access.ts';
import { startPortal } from '../support/portal.ts';
import { makeStaff } from '../support/staff.ts';
import { StreamReader } from '../support/stream.ts';

/** The server gives up waiting for what runs after ten seconds; a stream that it had to wait for would take as long. */
const AT_ONCE_MS = 6000;

test(
	'a portal that is asked to end ends its open streams first, and does not wait for them',
	{ timeout: 60_000 },
	async () => {
		const portal = await startPortal(process.env['TEST_TEMPLATE_DATABASE_URL'] ?? '');
		useEnv({ SECRET_KEY: portal.secretKey });
		const { token } = await createStaffSession(portal.db, { staffId: await makeStaff(portal.db, 'listens') });
		const answer = await fetch(`${portal.origin}/desk/live`, { headers: { cookie: `staff-session=${token}` } });
		expect(answer.headers.get('content-type')).toContain('text/event-stream');
		if (!answer.body) throw new Error('no stream');
		const stream = new StreamReader(answer.body);
		const asked = performance.now();
		await Promise.all([portal.stop(), stream.over()]);
		expect(performance.now() - asked).toBeLessThan(AT_ONCE_MS);
	},
);
