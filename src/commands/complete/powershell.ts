/** Two quotes stand for a word that is still empty: an empty argument gets lost before PowerShell 7.3. */
export const POWERSHELL = `# PowerShell completion for kubectl-virtop, e.g. in $PROFILE:
#   kubectl-virtop completion powershell | Out-String | Invoke-Expression
# For "kubectl virtop" see: kubectl-virtop completion --help

Register-ArgumentCompleter -Native -CommandName 'kubectl-virtop' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $words = @()
    $end = 0
    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
        $extent = $element.Extent
        if ($extent.StartOffset -ge $cursorPosition) { break }
        $length = [Math]::Min($extent.Text.Length, $cursorPosition - $extent.StartOffset)
        $words += $extent.Text.Substring(0, $length).Trim('"', "'")
        $end = $extent.EndOffset
    }
    if ($end -lt $cursorPosition) { $words += '""' }

    $lines = @(& kubectl-virtop __complete @words 2>$null)
    $candidates = @($lines | Where-Object { $_ -notmatch '^:' })
    # After nothing at all PowerShell offers files: where they are not meant, after an empty text it does not.
    if ($candidates.Count -eq 0 -and -not ($lines -match '^:(0|16)$')) { return '' }

    # Values come without their --flag=.
    $flag = if ($words[-1] -match '^-[^=]*=') { $Matches[0] } else { '' }
    $candidates | ForEach-Object {
        $value, $description = $_ -split "\`t", 2
        if (-not $description) { $description = $value }
        $text = if ($value -match '^[@#]|[\\s$;(){}"''\`|<>&]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new("$flag$text", $value, 'ParameterValue', $description)
    }
}
`;
