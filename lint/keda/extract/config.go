package main

import (
	"go/ast"
	"log"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// config adds the fields of a typed config that is made in a function.
func (r *reader) config(p *pkg, file *ast.File, of ast.Expr) {
	other, spec := resolve(p, file, of)
	if spec == nil || r.seen["type "+other.path+spec.Name.Name] || !tagged(spec) {
		return
	}
	r.configs++
	r.nested(other, spec, false)
}

func tagged(spec *ast.TypeSpec) bool {
	structure, ok := spec.Type.(*ast.StructType)
	return ok && slices.ContainsFunc(structure.Fields.List, func(field *ast.Field) bool {
		return field.Tag != nil && strings.Contains(field.Tag.Value, `keda:"`)
	})
}

func (r *reader) nested(p *pkg, spec *ast.TypeSpec, optional bool) {
	r.seen["type "+p.path+spec.Name.Name] = true
	structure, ok := spec.Type.(*ast.StructType)
	if !ok {
		log.Fatalf("%s is no struct", spec.Name.Name)
	}
	for _, field := range structure.Fields.List {
		if field.Tag == nil {
			continue
		}
		unquoted, _ := strconv.Unquote(field.Tag.Value)
		tag, ok := reflect.StructTag(unquoted).Lookup("keda")
		if !ok {
			continue
		}
		parameter, isOptional := parameterOf(tag)
		if len(parameter.Names) == 0 {
			other, inner := resolve(p, p.files[spec], field.Type)
			if inner == nil {
				log.Fatalf("%s: a nested config of an unknown type", spec.Name.Name)
			}
			if !r.seen["type "+other.path+inner.Name.Name] {
				r.nested(other, inner, optional || isOptional)
			}
			continue
		}
		parameter.Required = !optional && !isOptional && parameter.Default == "" && parameter.Removed == ""
		parameter.Kind = kindOf(p, p.files[spec], field.Type)
		r.parameters = append(r.parameters, parameter)
	}
	for _, name := range slices.Sorted(methods(p, spec.Name.Name)) {
		r.function(p, p.funcs[name], nil)
	}
}

func methods(p *pkg, name string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for each := range p.funcs {
			if strings.HasPrefix(each, name+".") && !yield(each) {
				return
			}
		}
	}
}

func parameterOf(tag string) (Parameter, bool) {
	parameter := Parameter{}
	optional := false
	for _, part := range strings.Split(tag, ",") {
		key, value, given := strings.Cut(strings.TrimSpace(part), "=")
		value = strings.TrimSpace(value)
		list := strings.Split(value, ";")
		switch strings.TrimSpace(key) {
		case "name":
			parameter.Names = list
		case "order":
			for _, each := range list {
				parameter.From = append(parameter.From, strings.TrimSpace(each))
			}
		case "optional":
			optional = !given || value == "true"
		case "default":
			parameter.Default = value
		case "enum":
			parameter.Enum = list
		case "exclusiveSet":
			parameter.Exclusive = list
		case "separator":
			parameter.Separator = value
		case "range":
			parameter.Range = value
			if !given {
				parameter.Range = "-"
			}
		case "deprecated":
			parameter.Removed = value
			if !given {
				parameter.Removed = "deprecated"
			}
		case "deprecatedAnnounce", "":
		default:
			log.Fatalf("unknown in a tag: %s", tag)
		}
	}
	return parameter, optional
}

// kindOf names a Go type by how typed_config.go reads it; text is the empty one.
func kindOf(p *pkg, file *ast.File, of ast.Expr) string {
	switch x := of.(type) {
	case *ast.StarExpr:
		return kindOf(p, file, x.X)
	case *ast.ArrayType:
		return strings.TrimSpace("list " + kindOf(p, file, x.Elt))
	case *ast.MapType:
		return strings.TrimSpace("map " + kindOf(p, file, x.Value))
	case *ast.Ident:
		if spec := p.types[x.Name]; spec != nil {
			return kindOf(p, p.files[spec], spec.Type)
		}
		switch x.Name {
		case "string":
			return ""
		case "bool", "int", "int8", "int16", "int32", "int64", "uint", "uint32", "uint64", "float32", "float64":
			return x.Name
		}
	case *ast.SelectorExpr:
		if other := imported(p, file, x.X); other != nil {
			return kindOf(other, file, x.Sel)
		}
		switch x.X.(*ast.Ident).Name + "." + x.Sel.Name {
		case "time.Duration":
			return "duration"
		case "url.Values":
			return "query"
		}
		// Of other modules: each of them is a text, as those of KEDA that are no number.
		return ""
	}
	log.Fatalf("%s: a field of an unknown type %#v", p.path, of)
	return ""
}
