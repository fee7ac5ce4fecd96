// Command extract reads KEDA's sources and prints, as JSON, what each scaler parses of a trigger: the fields of its
// typed configs (`keda:"name=…"`), and the keys of triggerMetadata and authParams that it reads by hand.
//
// Syntax only, nothing is compiled: `go run lint/keda/extract/*.go <folder of the KEDA module>`.
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

const module = "github.com/kedacore/keda/v2/"

// Parameter is one field of a typed config.
type Parameter struct {
	Names     []string `json:"names"`
	From      []string `json:"from"`
	Kind      string   `json:"kind,omitempty"`
	Required  bool     `json:"required,omitempty"`
	Default   string   `json:"default,omitempty"`
	Enum      []string `json:"enum,omitempty"`
	Exclusive []string `json:"exclusive,omitempty"`
	Separator string   `json:"separator,omitempty"`
	Range     string   `json:"range,omitempty"`
	Removed   string   `json:"removed,omitempty"`
}

// Scaler is what one trigger type parses.
type Scaler struct {
	Source     string      `json:"source"`
	Creator    string      `json:"creator"`
	Parameters []Parameter `json:"parameters"`
	// Keys of the metadata, and of the authentication, that are read without a typed config.
	Reads []string `json:"reads,omitempty"`
	Auth  []string `json:"auth,omitempty"`
	// It goes through all keys: none is unknown.
	Any bool `json:"any,omitempty"`
}

type pkg struct {
	path   string
	types  map[string]*ast.TypeSpec
	funcs  map[string]*ast.FuncDecl
	consts map[string]string
	files  map[ast.Node]*ast.File
	names  map[*ast.File]string
}

var packages = map[string]*pkg{}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: extract <folder of the KEDA module>")
	}
	root := os.Args[1]
	scalers := filepath.Join(root, "pkg", "scalers")
	err := filepath.WalkDir(scalers, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			load(root, path)
		}
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
	found := map[string]Scaler{}
	for name, creator := range creators(filepath.Join(root, "pkg", "scaling", "scalers_builder.go")) {
		p := packages[module+"pkg/scalers"]
		fn := p.funcs[creator]
		if fn == nil {
			log.Fatalf("no %s", creator)
		}
		r := newReader()
		r.function(p, fn, nil)
		if r.configs > 1 {
			// Which of them is parsed depends on what is written: none of their fields is needed for sure.
			for i := range r.parameters {
				r.parameters[i].Required = false
			}
		}
		found[name] = Scaler{p.names[p.files[fn]], creator, r.parameters, sorted(r.reads), sorted(r.auth), r.any}
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}

func load(root, folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		log.Fatal(err)
	}
	relative, _ := filepath.Rel(root, folder)
	p := &pkg{module + filepath.ToSlash(relative), map[string]*ast.TypeSpec{}, map[string]*ast.FuncDecl{}, map[string]string{},
		map[ast.Node]*ast.File{}, map[*ast.File]string{}}
	packages[p.path] = p
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, entry.Name()), nil, 0)
		if err != nil {
			log.Fatal(err)
		}
		p.names[file] = entry.Name()
		for _, declaration := range file.Decls {
			p.add(file, declaration)
		}
	}
}

func (p *pkg) add(file *ast.File, declaration ast.Decl) {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		p.funcs[receiver(d)+d.Name.Name] = d
		p.files[d] = file
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				p.types[s.Name.Name] = s
				p.files[s] = file
			case *ast.ValueSpec:
				for i, name := range s.Names {
					if i < len(s.Values) {
						if text, ok := literal(s.Values[i]); ok {
							p.consts[name.Name] = text
						}
					}
				}
			}
		}
	}
}

func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	of := d.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name + "."
	}
	return "?."
}

func creators(file string) map[string]string {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		log.Fatal(err)
	}
	found := map[string]string{}
	ast.Inspect(parsed, func(node ast.Node) bool {
		clause, ok := node.(*ast.CaseClause)
		if !ok {
			return true
		}
		for _, each := range clause.List {
			name, isText := literal(each)
			if result, ok := clause.Body[0].(*ast.ReturnStmt); ok && isText {
				if call, ok := result.Results[0].(*ast.CallExpr); ok {
					found[name] = call.Fun.(*ast.SelectorExpr).Sel.Name
				}
			}
		}
		return true
	})
	return found
}

func sorted(of map[string]bool) []string {
	names := []string{}
	for name := range of {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
