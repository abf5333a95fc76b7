/** Works as a file of fpath, and sourced after compinit. */
export const ZSH = `#compdef kubectl-virtop
# zsh completion for kubectl-virtop: a file _kubectl-virtop in a folder of fpath, or after compinit
# in ~/.zshrc: . <(kubectl-virtop completion zsh)
# For "kubectl virtop" see: kubectl-virtop completion --help

_kubectl_virtop() {
    local program=\${(Q)words[1]} line value directive
    local -a lines found
    program=\${~program}
    (( $+commands[$program] )) || [[ -x $program ]] || program=kubectl-virtop
    lines=("\${(@f)$("$program" __complete "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    directive=\${lines[-1]#:}
    lines[-1]=()
    for line in "\${(@)lines}"; do
        value=\${line%%$'\\t'*}
        if [[ $line == *$'\\t'* ]]; then
            found+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
        else
            found+=("\${value//:/\\\\:}")
        fi
    done
    # Values come without their --flag=.
    [[ $PREFIX == -*=* ]] && compset -P 1 '*='
    if (( $#found && directive & 2 )); then
        _describe -V 'kubectl virtop' found -S ''
    elif (( $#found )); then
        _describe -V 'kubectl virtop' found
    elif (( directive & 16 )); then
        _files -/
    elif (( ! (directive & 4) )); then
        _files
    fi
}

if [[ \${funcstack[1]} == _kubectl-virtop ]]; then
    _kubectl_virtop "$@"
else
    compdef _kubectl_virtop kubectl-virtop
fi
`;
