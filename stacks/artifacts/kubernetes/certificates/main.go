// Command certificates issues what a control plane needs, into a folder: for each request on standard input, a JSON
// array, `<name>.key` (ECDSA P-256) and `<name>.crt`. Node can make keys, but it can't sign certificates.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"log"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

type request struct {
	Name string `json:"name"`
	// Name of an earlier request; empty: an authority of its own.
	Issuer       string   `json:"issuer"`
	CommonName   string   `json:"commonName"`
	Organization []string `json:"organization"`
	Hosts        []string `json:"hosts"`
	Addresses    []string `json:"addresses"`
}

type issued struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// Made for one run and thrown away with it.
const lifetime = 30 * 24 * time.Hour

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: certificates <folder> < requests.json")
	}
	var requests []request
	must(json.NewDecoder(os.Stdin).Decode(&requests))
	all := map[string]issued{}
	for serial, wanted := range requests {
		all[wanted.Name] = issue(wanted, int64(serial)+1, all)
		write(filepath.Join(os.Args[1], wanted.Name), all[wanted.Name])
	}
}

func issue(wanted request, serial int64, all map[string]issued) issued {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(serial),
		Subject:               pkix.Name{CommonName: wanted.CommonName, Organization: wanted.Organization},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(lifetime),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		BasicConstraintsValid: true,
		DNSNames:              wanted.Hosts,
	}
	for _, address := range wanted.Addresses {
		template.IPAddresses = append(template.IPAddresses, net.ParseIP(address))
	}
	issuer := issued{certificate: template, key: key}
	if wanted.Issuer == "" {
		template.IsCA = true
		template.KeyUsage |= x509.KeyUsageCertSign
	} else {
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
		known := false
		if issuer, known = all[wanted.Issuer]; !known {
			log.Fatalf("%s: its issuer %s is not among the earlier requests", wanted.Name, wanted.Issuer)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.certificate, &key.PublicKey, issuer.key)
	must(err)
	certificate, err := x509.ParseCertificate(der)
	must(err)
	return issued{certificate, key}
}

func write(path string, of issued) {
	key, err := x509.MarshalECPrivateKey(of.key)
	must(err)
	must(os.WriteFile(path+".key", pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: key}), 0o600))
	crt := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: of.certificate.Raw})
	must(os.WriteFile(path+".crt", crt, 0o644))
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
