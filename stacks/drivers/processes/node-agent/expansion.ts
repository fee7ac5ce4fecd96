/**
 * Replaces `$(NAME)` by the variable of that name, as Kubernetes does in `command`, `args` and `env`: one that is not
 * there stays as it is, and `$$(NAME)` is the text `$(NAME)`.
 */
export function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (whole, what: string, name: string) =>
    what === '$' ? '$' : (variables[name] ?? whole),
  )
}
