using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;

using Portal.Cms.Hosting;

namespace Portal.Cms.Database;

/// <summary>
/// The keys that protect second factors and sessions lie in the database beside what they protect. With a key file they
/// are encrypted there, so that a copy of the database, or a backup, is not enough to make codes.
/// </summary>
internal static class KeyProtection
{
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    public static void AddKeys(this IServiceCollection services, CmsSettings settings)
    {
        var keys = services.AddDataProtection().SetApplicationName("Portal").PersistKeysToDbContext<CmsDatabase>();
        if (settings.KeyFile.Length == 0) return;
#pragma warning disable CA2000 // Kept as long as the program runs.
        var certificate = Read(settings.KeyFile);
#pragma warning restore CA2000
        keys.ProtectKeysWithCertificate(certificate);
        services.AddSingleton(certificate);
    }

    /// <summary>Encrypts keys from before there was a key file, and reads every other one.</summary>
    /// <exception cref="StartException">A key cannot be read: without it nobody's second factor can be either.</exception>
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken cancel)
    {
        var database = services.GetRequiredService<CmsDatabase>();
        var certificate = services.GetService<X509Certificate2>();
        foreach (var row in await database.DataProtectionKeys.ToListAsync(cancel))
        {
            var key = XElement.Parse(row.Xml ?? "<key />");
            foreach (var secret in key.Descendants(Framework + "encryptedSecret")) Open(services, certificate, secret);
            var open = key.Descendants().Where(element => element.Attribute(Framework + "requiresEncryption")?.Value == "true").ToList();
            if (certificate is null || open.Count == 0) continue;
            foreach (var secret in open)
            {
                var closed = new CertificateXmlEncryptor(certificate, services.GetRequiredService<ILoggerFactory>()).Encrypt(secret);
                secret.ReplaceWith(new XElement(Framework + "encryptedSecret", new XAttribute("decryptorType", closed.DecryptorType.AssemblyQualifiedName!), closed.EncryptedElement)); // A type of the framework has a full name.
            }

            row.Xml = key.ToString(SaveOptions.DisableFormatting);
        }

        await database.SaveChangesAsync(cancel);
    }

    private static void Open(IServiceProvider services, X509Certificate2? certificate, XElement secret)
    {
        if (certificate is null) throw new StartException("The keys in the database are encrypted with a key file. Name it in Portal__KeyFile.");
        try
        {
            new EncryptedXmlDecryptor(services).Decrypt(secret.Elements().First());
        }
        catch (CryptographicException error)
        {
            throw new StartException("The keys in the database were encrypted with another key file than Portal__KeyFile names. Name that one: without it no second factor can be read.", error);
        }
    }

    private static X509Certificate2 Read(string file)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new StartException($"Portal__KeyFile names {file}, which cannot be read: {error.Message} It must hold a certificate and its private key as PEM.", error);
        }
    }
}
