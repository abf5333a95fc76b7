import { BASH } from './bash.ts';
import { FISH } from './fish.ts';
import { POWERSHELL } from './powershell.ts';
import { ZSH } from './zsh.ts';

const SCRIPTS = { bash: BASH, fish: FISH, powershell: POWERSHELL, zsh: ZSH } as const;

/** The script for a shell, or the program that kubectl calls. */
export function completionScript(shell: keyof typeof SCRIPTS | 'kubectl', platform: string): string {
  if (shell !== 'kubectl') return SCRIPTS[shell];
  return platform === 'win32'
    ? '@rem kubectl_complete-virtop.cmd, in a folder of PATH\r\n@kubectl-virtop __complete %*\r\n'
    : '#!/bin/sh\n# kubectl_complete-virtop, executable, in a folder of PATH\nexec kubectl-virtop __complete "$@"\n';
}
