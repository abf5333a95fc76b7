import { EXIT, UserError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { print } from '../terminal/print.ts';
import type { Command } from './command.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell', 'kubectl'] as const;

/** `completion`: scripts that let shells and kubectl ask what may follow the words typed so far. */
export const completion: Command = {
  name: 'completion',
  summary: 'Print a script that completes commands, flags and names in a shell, or in kubectl',
  argument: SHELLS.join(' | '),
  choices: SHELLS,
  examples: [
    {
      comment:
        'For "kubectl virtop": a program that kubectl asks; save it as kubectl_complete-virtop, executable, on PATH',
      words: 'completion kubectl',
    },
    { comment: 'For "kubectl-virtop" in bash: source what it prints', words: 'completion bash' },
    { comment: 'In zsh: save it as _kubectl-virtop in a folder of fpath', words: 'completion zsh' },
  ],
  flags: [],
  async run({ subject, quiet, color }, io) {
    const shell = SHELLS.find((one) => one === subject);
    if (!shell) throw refusal(subject);
    const { completionScript } = await import('./complete/scripts.ts');
    if (!quiet) print({ kind: 'document', text: completionScript(shell, io.platform) }, io.stdout, io, color);
    return EXIT.ok;
  },
};

function refusal(word: string | null): UserError {
  if (word === null) return new UserError(`name a shell: ${SHELLS.join(', ')}`, EXIT.usage);
  const near = nearest(word, SHELLS);
  const hint = near ? `did you mean ${near}?` : `there are ${SHELLS.join(', ')}`;
  return new UserError(`unknown shell "${word}"; ${hint}`, EXIT.usage);
}
