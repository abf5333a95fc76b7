/** Needs bash 3.2 and no other program; descriptions are shown where bash lists, and only there. */
export const BASH = `# bash completion for kubectl-virtop, e.g. in ~/.bashrc: . <(kubectl-virtop completion bash)
# For "kubectl virtop" see: kubectl-virtop completion --help

_kubectl_virtop() {
    local line=\${COMP_LINE:0:COMP_POINT} words=("\${COMP_WORDS[0]}") word gap i
    # bash takes words apart, at = and : for one; without a space between them they are one word.
    line=\${line#*"\${COMP_WORDS[0]}"}
    for ((i = 1; i <= COMP_CWORD; i++)); do
        gap=\${line%%[^[:space:]]*}
        line=\${line#"$gap"}
        word=\${COMP_WORDS[i]}
        ((i == COMP_CWORD)) && word=$line
        line=\${line#"$word"}
        # Quotes go, and nothing is evaluated.
        word=\${word//[\\"\\'\\\\]/}
        if [[ -n $gap ]]; then words+=("$word"); else words[\${#words[@]} - 1]+=$word; fi
    done

    local program found=() longest=0 directive=4
    program=$(type -P -- "\${words[0]/#\\~\\//$HOME/}") || program=kubectl-virtop
    while IFS= read -r line; do
        if [[ $line == :* ]]; then
            directive=\${line#:}
        else
            found+=("$line")
            word=\${line%%$'\\t'*}
            ((\${#word} > longest)) && longest=\${#word}
        fi
    done < <("$program" __complete "\${words[@]:1}" 2>/dev/null </dev/null)

    # bash replaces only what follows the last of its word breaks, or a quote; what comes is whole, but for --flag=.
    local cur=\${words[\${#words[@]} - 1]} flag='' lead='' mark
    if [[ $cur == -*=* ]]; then
        [[ $COMP_WORDBREAKS == *=* ]] || flag=\${cur%%=*}=
        cur=\${cur#*=}
    fi
    if [[ \${COMP_WORDS[COMP_CWORD]} != [\\"\\']* ]]; then
        for mark in = : @; do
            [[ $COMP_WORDBREAKS == *$mark* && $cur == *$mark* ]] || continue
            word=\${cur%$mark*}
            # It keeps an @ with what follows.
            [[ $mark == @ ]] || word+=$mark
            ((\${#word} > \${#lead})) && lead=$word
        done
    fi

    COMPREPLY=()
    for ((i = 0; i < \${#found[@]}; i++)); do
        line=\${found[i]}
        word=\${line%%$'\\t'*}
        # 63, 33 and 64 list what there is (bash(1), COMP_TYPE).
        if [[ $line == *$'\\t'* && \${#found[@]} -gt 1 && $COMP_TYPE =~ ^(63|33|64)$ ]]; then
            printf -v line '%-*s  (%s)' "$longest" "$word" "\${line#*$'\\t'}"
            ((\${#line} < \${COLUMNS:-80})) || line=\${line:0:\${COLUMNS:-80}-4}...
            COMPREPLY+=("\${line#"$lead"}")
        else
            word=\${word#"$lead"}
            printf -v word '%q' "$flag$word"
            COMPREPLY+=("$word")
        fi
    done

    ((directive & 2)) && compopt -o nospace 2>/dev/null
    ((directive & 32)) && compopt -o nosort 2>/dev/null
    ((directive & 4)) && compopt +o default 2>/dev/null
    ((directive & 16)) && compopt +o default -o dirnames 2>/dev/null
    return 0
}

complete -o default -F _kubectl_virtop kubectl-virtop
`;
