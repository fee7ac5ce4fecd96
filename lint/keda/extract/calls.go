package main

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// reader follows the calls of a scaler's creator.
type reader struct {
	seen       map[string]bool
	parameters []Parameter
	reads      map[string]bool
	auth       map[string]bool
	any        bool
	// Maps that are written out in the function that is being read.
	maps    map[string]*ast.CompositeLit
	configs int
}

func newReader() *reader {
	return &reader{parameters: []Parameter{}, seen: map[string]bool{}, reads: map[string]bool{},
		auth: map[string]bool{}, maps: map[string]*ast.CompositeLit{}}
}

// texts are what is known of a function's parameters and loop variables.
type texts map[string][]string

func (r *reader) function(p *pkg, fn *ast.FuncDecl, bound texts) {
	if fn.Body == nil || strings.HasSuffix(p.path, "/scalersconfig") {
		return
	}
	key := p.path + "." + receiver(fn) + fn.Name.Name
	for name, values := range bound {
		key += "|" + name + "=" + strings.Join(values, ",")
	}
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	file := p.files[fn]
	known := texts{}
	for name, values := range bound {
		known[name] = values
	}
	ast.Inspect(fn, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.AssignStmt:
			if name, ok := n.Lhs[0].(*ast.Ident); ok {
				if composite, ok := n.Rhs[0].(*ast.CompositeLit); ok {
					r.maps[name.Name] = composite
				}
			}
		case *ast.RangeStmt:
			r.loop(p, n, known)
		case *ast.IndexExpr:
			r.index(p, file, n, known)
		case *ast.CallExpr:
			if other, called := r.called(p, file, n); called != nil {
				r.function(other, called, arguments(p, file, called, n, known))
			}
			if made, ok := n.Fun.(*ast.Ident); ok && made.Name == "new" {
				r.config(p, file, n.Args[0])
			}
		case *ast.CompositeLit:
			r.config(p, file, n.Type)
		case *ast.ValueSpec:
			r.config(p, file, n.Type)
		}
		return true
	})
}

// loop notes what a loop variable can be, or that all keys of the metadata are gone through.
func (r *reader) loop(p *pkg, loop *ast.RangeStmt, known texts) {
	if kind := mapOf(loop.X); kind == "metadata" {
		r.any = true
	}
	key, isName := loop.Key.(*ast.Ident)
	composite, isComposite := loop.X.(*ast.CompositeLit)
	if name, ok := loop.X.(*ast.Ident); ok {
		composite, isComposite = r.maps[name.Name]
	}
	if !isName || !isComposite {
		return
	}
	for _, element := range composite.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if text, ok := p.text(pair.Key); ok {
				known[key.Name] = append(known[key.Name], text)
			}
		}
	}
}

func (r *reader) index(p *pkg, file *ast.File, index *ast.IndexExpr, known texts) {
	into := map[string]map[string]bool{"metadata": r.reads, "auth": r.auth}[mapOf(index.X)]
	if into == nil {
		return
	}
	for _, text := range valuesOf(p, file, index.Index, known) {
		into[text] = true
	}
}

// mapOf tells triggerMetadata and authParams by their names, which KEDA keeps to.
func mapOf(of ast.Expr) string {
	name := ""
	switch x := of.(type) {
	case *ast.Ident:
		name = x.Name
	case *ast.SelectorExpr:
		name = x.Sel.Name
	}
	switch name {
	case "TriggerMetadata", "triggerMetadata", "metadata":
		return "metadata"
	case "AuthParams", "authParams":
		return "auth"
	}
	return ""
}

func (r *reader) called(p *pkg, file *ast.File, call *ast.CallExpr) (*pkg, *ast.FuncDecl) {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return p, p.funcs[f.Name]
	case *ast.SelectorExpr:
		if other := imported(p, file, f.X); other != nil {
			return other, other.funcs[f.Sel.Name]
		}
	}
	return nil, nil
}

func imported(p *pkg, file *ast.File, of ast.Expr) *pkg {
	name, ok := of.(*ast.Ident)
	if !ok {
		return nil
	}
	for _, each := range file.Imports {
		path, _ := strconv.Unquote(each.Path.Value)
		alias := path[strings.LastIndex(path, "/")+1:]
		if each.Name != nil {
			alias = each.Name.Name
		}
		if alias == name.Name {
			return packages[path]
		}
	}
	return nil
}

func arguments(p *pkg, file *ast.File, fn *ast.FuncDecl, call *ast.CallExpr, known texts) texts {
	bound := texts{}
	i := 0
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			if i < len(call.Args) {
				if values := valuesOf(p, file, call.Args[i], known); len(values) > 0 {
					bound[name.Name] = values
				}
			}
			i++
		}
	}
	return bound
}

func valuesOf(p *pkg, file *ast.File, of ast.Expr, known texts) []string {
	if text, ok := p.text(of); ok {
		return []string{text}
	}
	switch x := of.(type) {
	case *ast.Ident:
		return known[x.Name]
	case *ast.SelectorExpr:
		if other := imported(p, file, x.X); other != nil {
			if text, ok := other.consts[x.Sel.Name]; ok {
				return []string{text}
			}
		}
	}
	return nil
}

func (p *pkg) text(of ast.Expr) (string, bool) {
	if text, ok := literal(of); ok {
		return text, true
	}
	if name, ok := of.(*ast.Ident); ok {
		text, ok := p.consts[name.Name]
		return text, ok
	}
	return "", false
}

func literal(of ast.Expr) (string, bool) {
	basic, ok := of.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}

func resolve(p *pkg, file *ast.File, of ast.Expr) (*pkg, *ast.TypeSpec) {
	switch x := of.(type) {
	case *ast.StarExpr:
		return resolve(p, file, x.X)
	case *ast.Ident:
		return p, p.types[x.Name]
	case *ast.SelectorExpr:
		if other := imported(p, file, x.X); other != nil {
			return other, other.types[x.Sel.Name]
		}
	}
	return nil, nil
}
