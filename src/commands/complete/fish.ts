/** Works with fish 3. */
export const FISH = `# fish completion for kubectl-virtop: ~/.config/fish/completions/kubectl-virtop.fish
# For "kubectl virtop" see: kubectl-virtop completion --help

function __kubectl_virtop_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct | string unescape)
    set -l program $words[1]
    command -q $program; or set program kubectl-virtop
    set -l lines ($program __complete $words[2..-1] "$word" 2>/dev/null </dev/null)
    set -l directive (string replace -r '^:' '' -- $lines[-1])
    # Values come without their --flag=.
    set -l flag (string match -r -- '^-[^=]*=' "$word")
    if test (count $lines) -gt 1
        printf "$flag%s\\n" $lines[1..-2]
    else if test "$directive" = 0
        set -l path (string replace -r -- '^-[^=]*=' '' "$word")
        printf "$flag%s\\n" (__fish_complete_path $path)
    else if test "$directive" = 16
        set -l path (string replace -r -- '^-[^=]*=' '' "$word")
        printf "$flag%s\\n" (__fish_complete_directories $path '')
    end
end

complete -c kubectl-virtop -f -k -a '(__kubectl_virtop_complete)'
`;
