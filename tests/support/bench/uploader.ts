import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Sent {
	readonly status: number;
	readonly location: string;
	readonly answer: string;
}

/** Sends bytes to an address and waits for the answer. */
export function send(
	method: string,
	address: string,
	headers: Readonly<Record<string, string>>,
	body: Buffer,
): Promise<Sent> {
	return new Promise((resolve, reject) => {
		const asked = request(
			address,
			{ method, agent, headers: { ...headers, 'content-length': String(body.length) } },
			(answer) => {
				const chunks: Buffer[] = [];
				answer.on('data', (chunk: Buffer) => chunks.push(chunk));
				answer.on('end', () => {
					const { statusCode: status = 0 } = answer;
					resolve({ status, location: answer.headers.location ?? '', answer: Buffer.concat(chunks).toString() });
				});
			},
		);
		asked.on('error', reject);
		asked.end(body);
	});
}

/** A multipart form of one file with the fields that the documents page sends. */
export function formOf(file: Buffer): { headers: Record<string, string>; body: Buffer } {
	const boundary = `bench${randomUUID()}`;
	const field = (name: string, more = '') =>
		`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n`;
	const head =
		`${field('kind')}\r\nend_of_employment_letter\r\n` +
		`${field('files', '; filename="letter.pdf"')}content-type: application/pdf\r\n\r\n`;
	return {
		headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
		body: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
	};
}
