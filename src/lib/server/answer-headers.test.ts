import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answerHeaders } from './answer-headers.ts';

test('the page that stands in where none could be drawn keeps its style', () => {
	const page = readFileSync(new URL('../../error.html', import.meta.url), 'utf8');
	const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
	const digest = createHash('sha256').update(style).digest('base64');
	const policy = answerHeaders({ origin: 'http://127.0.0.1', path: '/' })['content-security-policy'];
	expect(policy).toContain(`style-src 'sha256-${digest}'`);
});
