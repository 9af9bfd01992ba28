package dev.lockstep.app.init;

import dev.lockstep.core.normalise.FieldType;
import java.util.List;

/**
 * What a column may mean, and the names that say so in English, German, French, Spanish, Italian and Dutch, without
 * the signs between their words. Of two meanings that a name could have the earlier wins.
 */
enum Meaning {
    SECRET(
            "",
            FieldType.TEXT,
            "password passwd pwd passwordhash passwordsalt hash salt secret token apikey accesstoken"
                    + " refreshtoken resettoken securekey privatekey authkey otp pin passport passportnumber"
                    + " nationalid"
                    + " nationalidnumber idcard idcardnumber personalausweis dni passwort kennwort motdepasse"
                    + " mdp contrasena wachtwoord iban"
                    + " bic swift cardnumber creditcard cvv ssn socialsecuritynumber sessionid"),
    MODIFIED(
            "",
            FieldType.DATETIME,
            "updatedat updated updatedon updateddate modifiedat modified modifiedon modifieddate"
                    + " lastmodified lastmodifiedat lastmodifieddate lastupdate lastupdated lastupdatedat lastchange"
                    + " lastchanged changedat changed changedon mtime geaendertam geaendert aenderungsdatum"
                    + " letzteaenderung aktualisiertam aktualisiert modifiele datemodification datemaj maj"
                    + " misajourle derniermodification dernieremodification actualizadoel fechamodificacion"
                    + " modificatoil gewijzigdop systemmodstamp updatetime modificationdate moddate tsupdate"),
    CREATED(
            "",
            FieldType.DATETIME,
            "createdat created createdon createddate creationdate dateadded insertedat registeredat"
                    + " registeredon signupdate signedupat joinedat joinedon confirmedat verifiedat"
                    + " emailverifiedat lastlogin"
                    + " lastloginat lastseen lastseenat deletedat archivedat angelegtam erstelltam erstellt angelegt"
                    + " registriertam anmeldedatum datecreation creele dateinscription inscritle fechacreacion"
                    + " creatoil aangemaaktop createtime customersince"),
    USERNAME("", FieldType.TEXT, "username userlogin login loginname nickname handle slug benutzername pseudo usuario"),
    EMAIL_CONSENT(
            "email_opt_in",
            FieldType.CONSENT,
            "newsletter emailoptin optin mailoptin emailconsent marketingconsent marketing marketingoptin"
                    + " emailmarketing marketingemails wantsnews wantsnewsletter acceptsmarketing acceptsemail"
                    + " subscribed issubscribed newsletteroptin newslettersubscribed newsletterstatus"
                    + " newsletterconsent subscriptionstatus consent gdprconsent consentemail consentmarketing"
                    + " einwilligung werbung werbeeinwilligung newsletterabo newslettererlaubt werbungerlaubt"
                    + " newslettereinwilligung mailingerlaubt abonniert abonne inscritnewsletter consentement"
                    + " consentementemail consentementmarketing acceptenewsletter acceptenews accepteemail"
                    + " acceptepub offrescommerciales allowmarketing allowemail mailing receivesnewsletter"
                    + " receivenewsletter news mailinglist canemail emailallowed emailsubscribed marketingpermission"
                    + " emailpermission permission marketingok emailok mailok boletin suscrito consentimiento"
                    + " iscritto consenso nieuwsbrief toestemming optinstatus emailstatus recoitnewsletter"),
    EMAIL_REFUSAL(
            "email_opt_in",
            FieldType.CONSENT,
            "unsubscribed isunsubscribed optout optedout emailoptout hasoptedoutofemail donotemail"
                    + " noemail nomarketing marketingoptout werbesperre keinewerbung keinnewsletter desabonne"
                    + " desinscrit blacklisted blocklisted donotcontact suppressed unsubscribe"
                    + " emailunsubscribed emailoptedout"
                    + " optoutemail optedoutemail donotsendemail nomail refusenewsletter stopmail"),
    SMS_CONSENT(
            "sms_opt_in",
            FieldType.CONSENT,
            "smsoptin smsconsent smsok smsmarketing smsallowed acceptssms textoptin consentsms"
                    + " smseinwilligung consentementsms acceptesms whatsappoptin smspermission wantssms"),
    CALL_CONSENT(
            "phone_opt_in",
            FieldType.CONSENT,
            "phoneoptin phoneconsent callconsent calloptin acceptscalls phoneok callok telefonwerbung"
                    + " telefoneinwilligung cancall"),
    CALL_REFUSAL(
            "phone_opt_in",
            FieldType.CONSENT,
            "donotcall donotphone dontcall nocall nocalls phoneoptout calloptout optoutphone optoutcalls"
                    + " hasoptedoutofcalls keineanrufe"),
    SMS_REFUSAL(
            "sms_opt_in",
            FieldType.CONSENT,
            "donotsms donottext nosms smsoptout textoptout optoutsms smsunsubscribed keinesms"),
    POST_CONSENT(
            "post_opt_in",
            FieldType.CONSENT,
            "postoptin postalconsent mailingsbypost postwerbung consentpost catalogoptin katalog"),
    POST_REFUSAL(
            "post_opt_in",
            FieldType.CONSENT,
            "donotmail donotpost nopost donotsendmail donotpostalmail donotbulkpostalmail postoptout keinepost"),
    EMAIL(
            "email",
            FieldType.EMAIL,
            "email mail emailaddress mailaddress emailaddr emailadresse mailadresse courriel adressemail"
                    + " adresseemail mel correo correoelectronico posta postaelettronica emailadres primaryemail"
                    + " mainemail useremail customeremail contactemail personalemail privateemail"),
    FAX("fax", FieldType.PHONE, "fax faxnumber faxno faxnr telefax telefaxnummer phonefax faxphone telecopie fax1"),
    MOBILE(
            "mobile",
            FieldType.PHONE,
            "mobile mobilephone mobilenumber mobileno mobil mobilnummer mobiltelefon handy handynummer"
                    + " cell cellphone cellnumber portable telportable telephoneportable numeroportable gsm movil"
                    + " celular cellulare mobielnummer mobiel telmobile telmobil telephonemobile phonemobile"
                    + " mobilephonenumber"
                    + " cellphonenumber telefonomovil telefonmobil"),
    PHONE(
            "phone",
            FieldType.PHONE,
            "phone phonenumber phoneno phonenr tel telno telnr telephone telefon telefonnummer telefonnr"
                    + " rufnummer fon numerotelephone numtel notel telefono telefoonnummer telefoon contactnumber"
                    + " contactphone homephone phonehome telefonprivat telfixe telephonefixe fixe festnetz"
                    + " primaryphone msisdn"),
    FIRST_NAME(
            "first_name",
            FieldType.NAME,
            "firstname fname givenname given forename first vorname rufname prenom nombre nome voornaam"
                    + " namefirst christianname"),
    LAST_NAME(
            "last_name",
            FieldType.NAME,
            "lastname lname surname familyname family last nachname familienname zuname nomdefamille"
                    + " nomfamille patronyme apellido apellidos cognome achternaam namelast secondname"),
    MIDDLE_NAME("middle_name", FieldType.NAME, "middlename mname middle middleinitial zweitername deuxiemeprenom"),
    FULL_NAME(
            "full_name",
            FieldType.NAME,
            "name fullname displayname customername contactname clientname personname realname vollname"
                    + " vollername kundenname namevoll nomcomplet nom nometprenom nombrecompleto volledigenaam naam"
                    + " wholename"),
    BIRTH_DATE(
            "birth_date",
            FieldType.DATE,
            "birthdate dateofbirth dob bdate birthday born bornon birth geburtsdatum geburtstag geboren"
                    + " geborenam gebdatum gebdat datedenaissance datenaissance naissance nele anniversaire"
                    + " fechanacimiento fechadenacimiento nacimiento datadinascita geboortedatum"),
    GENDER("gender", FieldType.TEXT, "gender sex geschlecht sexe genre genero sesso geslacht"),
    SALUTATION(
            "salutation",
            FieldType.TEXT,
            "salutation title anrede titel civilite honorific prefix titre nameprefix tratamiento aanhef"),
    COUNTRY(
            "country",
            FieldType.COUNTRY,
            "country countrycode countryname countryiso land laendercode landcode laenderkennzeichen pays"
                    + " codepays pais paese landcode homecountry residencecountry isocountry billingcountry"
                    + " mailingcountry"),
    LANGUAGE(
            "language",
            FieldType.LANGUAGE,
            "language lang languagecode locale preferredlanguage sprache sprachcode korrespondenzsprache"
                    + " langue codelangue languepreferee idioma lingua taal preferredlocale"),
    STREET(
            "street",
            FieldType.TEXT,
            "street streetaddress address addressline1 addressline address1 addr addr1 strasse"
                    + " strassehausnummer anschrift adresse adresse1 rue voie direccion indirizzo straat adres"
                    + " mailingstreet billingstreet line1 postaladdress street1"),
    STREET_2(
            "street_2",
            FieldType.TEXT,
            "addressline2 address2 addr2 street2 adresszusatz adresse2 complement complementadresse line2"
                    + " apartment"),
    HOUSE_NUMBER("house_number", FieldType.TEXT, "housenumber houseno hausnummer hausnr huisnummer numerorue"),
    CITY(
            "city",
            FieldType.TEXT,
            "city town locality ort stadt wohnort ville commune ciudad citta stad mailingcity billingcity"
                    + " municipality localite cityname plaats"),
    POSTAL_CODE(
            "postal_code",
            FieldType.TEXT,
            "postalcode postcode zip zipcode plz postleitzahl codepostal cp codigopostal cap"
                    + " mailingpostalcode billingpostalcode zippostal"),
    REGION(
            "region",
            FieldType.TEXT,
            "state province region bundesland county departement provincia provincie stateprovince"
                    + " mailingstate kanton"),
    COMPANY(
            "company",
            FieldType.TEXT,
            "company companyname firma firmenname organisation organization organizationname unternehmen"
                    + " entreprise societe raisonsociale accountname employer arbeitgeber empresa azienda bedrijf"
                    + " orgname"),
    JOB_TITLE(
            "job_title",
            FieldType.TEXT,
            "jobtitle job jobposition position occupation profession beruf funktion poste fonction puesto"
                    + " functie function jobrole rolle cargo berufsbezeichnung"),
    WEBSITE(
            "website",
            FieldType.URL,
            "website url homepage web webseite webpage site siteweb siteinternet sitioweb sitoweb"
                    + " homepageurl websiteurl"),
    PICTURE("picture", FieldType.URL, "avatar avatarurl photo photourl picture pictureurl image imageurl bild foto"),
    PROFILE_LINK("profile_link", FieldType.URL, "linkedin linkedinurl profileurl xing facebookurl instagram"),
    INTERESTS(
            "interests",
            FieldType.SET,
            "interests interest interessen centresinteret centresdinteret interets intereses interessi"
                    + " hobbies hobbys topics themen preferences"),
    TAGS(
            "tags",
            FieldType.SET,
            "tags tag labels schlagworte schlagwoerter etiquettes etiquetas keywords segments groups"),
    TIER(
            "tier",
            FieldType.TEXT,
            "tier level loyaltytier loyaltylevel membershiplevel customertier customerlevel customerclass"
                    + " kundenklasse kundenstufe kundengruppe customergroup statuskunde niveau niveaufidelite"
                    + " vipstatus treuestufe rating membership memberlevel"),
    SEGMENT("segment", FieldType.TEXT, "segment customersegment kundensegment zielgruppe segmentclient cluster"),
    POINTS(
            "points",
            FieldType.NUMBER,
            "points loyaltypoints pointsbalance bonuspunkte punkte treuepunkte pointsfidelite solde"
                    + " puntos bonuspoints"),
    SPENT(
            "spent",
            FieldType.NUMBER,
            "spent totalspent amountspent revenue lifetimevalue ltv clv umsatz gesamtumsatz"
                    + " chiffreaffaires ca totalachats montanttotal totalrevenue spend totalspend ordertotal"),
    CREDIT(
            "credit",
            FieldType.NUMBER,
            "credit creditlimit kreditlimit balance guthaben storecredit plafond encours accountbalance"),
    LOYALTY_ID(
            "loyalty_id",
            FieldType.TEXT,
            "loyaltyid loyaltynumber loyaltyno loyaltycard loyaltycardno cardno membercard kundenkarte"
                    + " kundenkartennummer kartennummer cartefidelite numerocarte numcarte bonuskarte"),
    CUSTOMER_NUMBER(
            "customer_number",
            FieldType.TEXT,
            "customernumber customerno customernr customerref customercode ref custno custnr kundennummer"
                    + " kundennr kdnr numeroclient numclient noclient refclient codeclient clientnumber clientcode"
                    + " clientref externalid externalref extid extref memberid memberno membernumber mitgliedsnummer"
                    + " mitgliedsnr debitorennummer shopcustomerid crmid contactid customerid personid"
                    + " numeroadherent"),
    TAX_ID(
            "tax_id",
            FieldType.TEXT,
            "taxid taxnumber vatid vatnumber vat ustid ustidnr steuernummer steuerid siret siren"
                    + " numerotva tva nif cif"),
    SOURCE("source", FieldType.TEXT, "source origin leadsource herkunft quelle origine acquisitionchannel utmsource"),
    VIP("vip", FieldType.BOOLEAN, "vip isvip vipkunde premium ispremium stammkunde"),
    NOTES(
            "notes",
            FieldType.TEXT,
            "notes note comment comments remarks remark description bemerkung bemerkungen notiz notizen"
                    + " kommentar remarques remarque commentaire commentaires notas bio about"),
    /** The platform's own business: nobody else could say it better. */
    OWN(
            "",
            FieldType.TEXT,
            "id uid uuid guid rowid oid active isactive aktiv actif enabled disabled deleted isdeleted"
                    + " geloescht supprime archived locked blocked del removed version revision rowversion"
                    + " isadmin admin"
                    + " role roles verified isverified emailverified phoneverified confirmed emailconfirmed"
                    + " logincount"
                    + " failedlogins legacyid oldid importid batchid tenantid ownerid owner assignedto createdby"
                    + " updatedby modifiedby storeid shopid accountid companyid status state_ kundenstatus ipaddress"
                    + " ip useragent tz createdip lastip timezone etag checksum sortorder processed synced syncedat"
                    + " lastsync lastsyncat ordercount orders numorders");

    private final String field;
    private final FieldType type;
    private final List<String> names;

    Meaning(String field, FieldType type, String names) {
        this.field = field;
        this.type = type;
        this.names = List.of(names.split(" "));
    }

    /** The field of the customer model; empty: it is none of its business. */
    String field() {
        return field;
    }

    FieldType type() {
        return type;
    }

    List<String> names() {
        return names;
    }

    boolean mapped() {
        return !field.isEmpty();
    }

    boolean consent() {
        return type == FieldType.CONSENT;
    }

    /** A yes says no: {@code opt_out}, {@code do_not_call}. */
    boolean refusal() {
        return this == EMAIL_REFUSAL || this == CALL_REFUSAL || this == SMS_REFUSAL || this == POST_REFUSAL;
    }

    /** Its words may be written as numbers too: a code, a level. */
    boolean ofNumbers() {
        return switch (this) {
            case POSTAL_CODE, HOUSE_NUMBER, CUSTOMER_NUMBER, LOYALTY_ID, TAX_ID, TIER -> true;
            default -> false;
        };
    }
}
