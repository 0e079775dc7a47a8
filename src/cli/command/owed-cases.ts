import { readFile } from 'node:fs/promises';
import { runCase } from '#lib/domain/account/case.ts';
import { type PolicyBook, policyBook } from '#lib/domain/account/policy-book.ts';
import { runCases } from '../run-cases.ts';
import { refuse } from '../terminal.ts';
import standard from './standard-policies.json' with { type: 'json' };

/** Prints the figures of each case of a file; the policies come from another file, or are the standard ones. */
export async function owedInCases(path: string, policiesPath: string | undefined): Promise<void> {
	const policies = policiesPath === undefined ? policyBook(standard) : await readPolicies(policiesPath);
	if (!policies) return;
	await runCases(path, (line) => {
		const result = runCase(line, policies);
		return result.ok ? { ok: true, output: result.figures } : result;
	});
}

async function readPolicies(path: string): Promise<PolicyBook | undefined> {
	const text = await readFile(path, 'utf8').catch(() => undefined);
	if (text === undefined) return refuseFile(path, 'cannot be read');
	try {
		return policyBook(JSON.parse(text)) ?? refuseFile(path, 'is not a list of policies with codes');
	} catch {
		return refuseFile(path, 'is not JSON');
	}
}

function refuseFile(path: string, why: string): undefined {
	refuse(`${path}: ${why}`);
}
