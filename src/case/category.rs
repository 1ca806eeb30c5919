//! The eight categories of a CRM system's total cost of ownership.

/// The eight categories of a CRM system's total cost of ownership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Software licences and subscriptions.
    Licences,
    /// Maintenance and support fees.
    Maintenance,
    /// Servers, devices, storage.
    Hardware,
    /// Lines, networks, telephony.
    Telecom,
    /// Consulting, integration, outsourcing by third parties.
    ServiceProviders,
    /// Services of the software's vendor.
    VendorServices,
    /// Own people.
    Staff,
    /// Travel, training not booked elsewhere, contingency.
    Other,
}

impl Category {
    /// Every category, in the order of reports.
    pub const ALL: [Category; 8] = [
        Self::Licences,
        Self::Maintenance,
        Self::Hardware,
        Self::Telecom,
        Self::ServiceProviders,
        Self::VendorServices,
        Self::Staff,
        Self::Other,
    ];

    /// The key in a document.
    pub fn key(self) -> &'static str {
        match self {
            Self::Licences => "licences",
            Self::Maintenance => "maintenance",
            Self::Hardware => "hardware",
            Self::Telecom => "telecom",
            Self::ServiceProviders => "service_providers",
            Self::VendorServices => "vendor_services",
            Self::Staff => "staff",
            Self::Other => "other",
        }
    }

    /// The category of a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.key() == key)
    }

    /// What readers see.
    pub fn name(self) -> &'static str {
        match self {
            Self::Licences => "Licences",
            Self::Maintenance => "Maintenance",
            Self::Hardware => "Hardware",
            Self::Telecom => "Telecom",
            Self::ServiceProviders => "Service providers",
            Self::VendorServices => "Vendor services",
            Self::Staff => "Staff",
            Self::Other => "Other",
        }
    }
}
